"""Given names met in the United Kingdom, of many origins, and family names that stand first; a person's name begins with one more often than a place's or a body's."""

from goalmap.extract.words import table

GIVEN_NAMES = table(
    """
    Aamir Aarav Aaron Aarti Abayomi Abbas Abbie Abdallah Abdelkader Abdi Abdirahman Abdoulaye Abdul Abdulaziz
    Abdulkarim Abdullah Abdulrahman Abena Abid Abigail Abimbola Abiodun Abiola Abosede Abraham Achieng Ada
    Adaeze Adam Adanna Adaobi Adebayo Adebola Adedayo Adekunle Adel Adenike Adeola Adetola Adewale Adil Adjoa
    Adnan Adrian Aengus Afia Aftab Afua Afzal Agata Agnes Agnieszka Ahmad Ahmadou Ahmed Ahmet Aidan Ailbhe
    Aileen Ailsa Áine Aisha Aishah Aisling Aissatou Ajay Akash Akbar Akhtar Akinola Akosua Akua Akwasi Alaa Alan
    Alana Alasdair Alastair Alaw Albert Aled Alejandro Aleksandra Alemayehu Alex Alexander Alexandra Alexandru
    Alexis Alfie Alfred Ali Alice Alicia Alicja Alina Alireza Alisha Alison Alistair Allan Allison Almaz Altaf
    Alun Alyson Amadou Amaka Amal Aman Amanda Amara Amber Ambreen Amelia Amin Amina Aminata Amir Amira Amit
    Amjad Ammar Amr Amrit Amy Ana Anand Ananya Anastasia Anca Andrea Andreas Andreea Andrei Andrew Andrzej Andy
    Aneesa Anest Anesu Aneta Anete Aneurin Ángel Angela Angelika Angharad Angus Anika Anil Anisha Anita Anjali
    Ann Anna Annabel Anne Annette Annie Ansar Anthea Anthony Antoine Anton Antonia Antonio Anu Anwar Anwen Anya
    Aoibhe Aoibheann Aoibhinn Aoife Aonghas Aparna April Aram Arash Archana Archibald Archie Arif Arjun
    Arkadiusz Arshad Artem Arthur Artur Arun Arvind Arwa Arwel Arwyn Asad Asha Ashfaq Ashley Ashok Asif Asma
    Asmaa Asta Astrid Atif Audrey Avtar Ayaan Ayesha Ayman Ayo Ayodele Ayomide Ayse Ayşe Azadeh Azhar Aziz Aziza
    Azra Babajide Babar Babatunde Badr Balbir Baljit Balwinder Bamidele Barbara Barry Bartosz Bartłomiej Bashar
    Bashir Basil Basma Bassam Beata Beatrice Becky Begoña Behnaz Belinda Ben Benedict Benjamin Bernadette
    Bernard Berwyn Beth Bethan Bethany Betsan Betty Beverley Bhavesh Bhavin Bhavna Bikram Bilal Biljana Bill
    Binta Blair Bláthnaid Blessing Bob Bogdan Bohdan Bola Bolanle Bożena Bozena Branwen Brenda Brendan Brian
    Bríd Bridget Bronagh Bronisław Bronwen Bruce Bryan Bryn Bryony Bukola Burak Bushra Busisiwe Błażej Cadi Cai
    Cáit Caitlin Callum Calum Cameron Camilla Caoimhe Caoimhín Caolan Caradog Carl Carla Carlos Carmen Carol
    Carole Caroline Carolyn Carys Cathal Catherine Cathy Catrin Catriona Cecilia Celia Cem Ceren Ceri Cerys
    Cezary Chaminda Chan Chandra Chantelle Charlene Charles Charlie Charlotte Chau Chelsea Chen Cheng Cheryl
    Chetan Cheung Chiamaka Chibuzo Chidera Chidi Chidiebere Chidinma Chiedza Chijioke Chika Chikondi Chinedu
    Chinonso Chinwe Chioma Chipo Chiu Chloe Chris Christian Christina Christine Christopher Chukwudi Chukwuemeka
    Chukwuma Cian Ciara Ciaran Ciarán Cillian Claire Clara Clare Claudia Clíona Clive Clodagh Colin Colm Colmán
    Conall Connor Conor Constance Cormac Cornelius Cosmin Craig Cristian Cristina Crystal Cynthia Czesław Dafydd
    Dagmara Daisy Dáithí Daithi Daiva Dalal Dale Dalia Daljit Damian Damien Dan Daniel Daniela Danielle Danny
    Danuta Danylo Daphne Dapo Dara Darcy Darius Dariusz Darragh Darren Darshan Darya Daryl Dauda Dave David
    Davina Dawid Dawn Dayo Dean Debbie Deborah Debra Declan Deepa Deepak Deian Deiniol Deirdre Delia Delroy
    Delyth Deng Denise Dennis Derek Dermot Desmond Destiny Devi Dewi Dharmesh Diana Diane Diarmuid Dilan Dilara
    Dilini Dilip Dilshan Dilwyn Dilys Dimitar Dimitra Dimitri Dina Dinah Dinesh Dionne Dipak Dipti Divya Dmitri
    Dmytro Dominic Dominika Dónal Donal Donald Donna Donncha Doreen Doris Dorota Dorothy Doug Douglas Dragan
    Dumitru Duncan Dyfan Dylan Eamon Eamonn Éamonn Éanna Ebele Ebere Ebony Ebru Ece Eddie Edith Edmund Edna
    Eduardo Edward Edwina Edyta Efa Efua Eileen Eilidh Éilís Eilis Eimear Eira Eirian Eirlys Eirwen Eithne Ejaz
    Ekow Elaine Eleanor Elena Eleni Eleri Elfed Eli Elias Elif Elijah Elin Elinor Elis Elisabeth Eliza Elizabeth
    Ella Ellen Ellie Elliot Elliott Elsie Elspeth Eluned Elzbieta Elżbieta Emeka Emer Emil Emilia Emily Emine
    Emlyn Emma Emmanuel Emre Emrys Emyr Enda Enid Eoin Erdem Eric Erica Erin Ernest Esi Esra Esther Esyllt Ethan
    Euan Eugene Eva Evan Eve Evelyn Ewa Ewan Ewen Fadi Fadumo Fahad Fahd Fahim Faisal Faith Faiza Farah Farai
    Farhan Farhana Farid Farida Farooq Farshad Farzana Fatemeh Fatih Fatima Fatma Fatmata Fatou Fatoumata Fawad
    Fawzia Faye Fazal Feargal Felicity Felix Femi Feng Fergal Fergus Fernanda Ffion Fflur Fiachra Fikile Finbarr
    Finlay Fintan Fiona Fionn Fionnuala Firas Fisayo Flora Florence Folake Folasade Foluke Frances Francesca
    Francis Francisco Frank Fraser Fred Freddie Frederick Freya Fuad Fung Funmi Gabija Gábor Gabriel Gabriela
    Gabrielle Gail Galina Ganesh Gao Gareth Garth Gary Gaurav Gavin Gayle Gbenga Gearóid Geeta Gemma Geoff
    Geoffrey George Georgi Georgia Georgina Geraint Gerald Geraldine Gerallt Gerard Getachew Gethin Ghada
    Ghassan Gheorghe Ghulam Giedrė Giles Gillian Gina Gintaras Giorgos Giovanni Girish Giulia Glen Glenda Glenn
    Glenys Gloria Glyn Glynis Godfrey Gökhan Gopal Gordon Grace Graeme Graham Gráinne Grainne Grant Greer Greg
    Gregor Gregory Gretchen Gruffydd Grzegorz Guan Gül Guo Gurdeep Gurinder Gurjit Gurmeet Gurpreet Guto Guy
    Gwen Gwenan Gwenllian Gwilym Gwion Gwyn Gwyneth Habib Habiba Hadi Hadiza Hafsa Haider Haile Hakan Haleema
    Halil Halima Halimatu Halina Hamad Hameed Hamid Hamish Hamza Hana Hanan Hani Hanif Hannah Hans Haoyu Hardeep
    Hari Haris Harish Harjinder Harjit Harminder Harold Haroon Harpreet Harriet Harry Harsha Harvey Harvinder
    Hasan Hassan Hatice Haydar Hayley Hazel Heather Heba Hector Hefin Heidi Heledd Helen Helena Hemant Henrietta
    Henry Henryk Heulwen Hilary Hilda Hina Hisham Hoang Hodan Holly Horace Hossein Houda Howard Hristo Hsu Huang
    Huda Hugh Hugo Humaira Humphrey Hüseyin Hussain Hussein Huw Hyun Hywel Iain Ian Iarla Ibrahim Ibukun Idowu
    Idris Iestyn Ieuan Ifan Ifeanyi Ifeoma Ifor Iftikhar Ignacio Igor Ihab Ijeoma Ikechukwu Ikenna Ikram Ildikó
    Ilham Illtyd Ilona Ilyas Iman Imani Imogen Imran Inderjit Indira Ines Ingrid Innes Ioan Ioana Iolo Ionut
    Ionuț Iqra Irena Irene Ireneusz Irfan Iris Iryna Isaac Isabel Isabella Isabelle Isatou Isha Ishaan Ishrat
    Isla Islwyn Ismael Ismail Isobel Israa Issam István Ivan Ivana Ivanka Ivaylo Ivo Ivy Iwan Iwona Izabela
    Jacek Jack Jackie Jacob Jacqueline Jacqui Jade Jafar Jagdeep Jagjit Jahangir Jake Jakub Jalal Jalil Jamal
    Jameel James Jamie Jamil Jamila Jan Jane Janet Janice Janina Janine János Janusz Jaroslav Jarosław Jasbir
    Jasmeet Jasmin Jasmine Jason Jaspreet Jaswinder Javed Javier Jawad Jay Jayanti Jayne Jean Jean-Luc Jeanette
    Jeff Jeffrey Jelani Jelena Jemima Jennifer Jenny Jeremy Jerome Jerzy Jess Jessica Jia Jiang Jiayi Jibril
    Jignesh Jihoon Jill Jim Jing Jitendra Jitka Jo Joan Joanna Joanne Joao João Joaquim Jodie Joe Joel Johann
    Johanna John Johnny Jolanta Jon Jonah Jonas Jonathan Jordan Jorge Jose José Josef Joseph Josephine Josh
    Joshua Jovana Joy Joyce Józef Jozef Juan Juanita Jude Judith Judy Julia Julian Juliana Julie Juliet June
    Jurgita Justin Justina Justine Justyna Jyoti Kabir Kagiso Kai Kajal Kalina Kalpana Kamal Kamel Kamil Kamran
    Kareem Karen Karim Karin Karl Karolina Karthik Kashif Kasia Katarzyna Kate Kateryna Katharine Katherine
    Kathleen Kathryn Kathy Katie Katrina Kausar Kaveh Kavita Kawthar Kay Kayleigh Kazimierz Keeley Kehinde Keir
    Keith Kelechi Kelly Kelvin Kemal Kemi Ken Kenji Kenneth Kenny Kerem Kerry Kevin Khadija Khaled Khalid Kiera
    Kieran Killian Kim Kimberley Kinga Kiran Kirpal Kirsten Kirstin Kirsty Kofi Kojo Kolade Kostas Krishna
    Krishnan Kristaps Kristina Krystyna Krzysztof Ksenia Kuldip Kulvinder Kumar Kunle Kwabena Kwadwo Kwaku Kwame
    Kwan Kwasi Kwok Kyle Kylie Lachlan Lakshmi Lalita Lam Lamia Lamin Laoise Lara Latifa Lau Laura Lauren
    Laurence Lawrence Layla Leah Leanne Lech Lee Leila Leo Leon Leona Leonard Lerato Lesley Leslie Leszek Leung
    Lewis Li Liam Liang Liao Lidia Lilian Liliana Lily Lin Lina Linda Lindiwe Lindsay Lindsey Linh Lisa Liu Liz
    Ljiljana Lleucu Llew Llinos Lloyd Llŷr Llywelyn Lois Loraine Lorcán Lorcan Lorna Lorraine Lottie Loubna
    Louis Louisa Louise Lowri Lubna Luca Lucia Lucinda Lucy Lucyna Ludmila Luis Lukasz Luke Luo Lydia Lyn Lynda
    Lynn Lynne Lynsey Lyubov Lyudmila Mabel Mabli Maciej Macsen Maddie Madeleine Madhu Maeve Magdalena Maggie
    Maha Mahdi Maheen Mahesh Mahmood Mahmoud Mahsa Mair Máire Mairéad Mairead Mairi Maisie Maja Majed Majella
    Majid Mak Malachy Malak Malcolm Malgorzata Malik Mamadou Manal Mandeep Mandy Maninder Manish Manjit Manoj
    Mansoor Manuel Maqsood Mara Marcel Marcia Marcin Marco Marcus Mared Marek Margaret Margarita Marged Mari
    Maria Mariam Mariama Marian Marianne Marie Marie-Claire Marina Mario Marion Marisol Mariusz Marjorie Mark
    Marlene Marta Martha Martin Martina Martyn Marwa Marwan Mary Maryam Marzena Masood Mateusz Matilda Matt
    Matteo Matthew Maureen Maurice Mavis Max Maxine Maya Méabh Meabh Meera Megan Mehdi Mehmet Mehnaz Mehran
    Mehwish Mei Mei-Ling Meinir Mel Melanie Meleri Melissa Melvyn Meng Menna Mercy Meredith Mererid Merfyn Merve
    Mervyn Meurig Mhairi Mia Michael Michaela Michal Michał Micheál Michelle Miguel Mihai Mike Mikołaj Milena
    Miles Millicent Milos Miloš Minal Mindaugas Ming Minh Miranda Mirela Miriam Miroslav Mirosław Modou Mohamed
    Mohammad Mohammed Mohan Mohit Mohsen Moira Mollie Molly Mona Monica Monika Morag Moses Mostafa Moussa
    Moustafa Mubashir Mudassar Muhammad Muireann Muiris Mukesh Mukhtar Munir Munira Murat Murdo Muriel Murray
    Murtaza Musa Mustafa Mwangi Myfanwy Mykola Myra Myrtle Nabeel Nabil Nadeem Nader Nadia Nadine Naeem Nafeesa
    Naila Naima Najat Nalini Nancy Naomi Nargis Narinder Naseem Nasir Nasreen Nasrin Nasser Natalia Natalie
    Natalya Natasha Nathan Nathaniel Navdeep Naveed Navjot Nawal Nazanin Nazia Ndidi Neelam Neeraj Neha Neil
    Nerys Nesrin Nesta Ngozi Nguyen Nia Niall Niamh Nicholas Nick Nicky Nicola Nicole Nidal Nigel Nighat Nikhil
    Nikki Nikola Nikolai Nikolay Nikos Nilesh Niloufar Nina Nirmal Nisha Nitin Nizar Nkechi Nkem Nkiru Nnamdi
    Nneka Noah Noel Nokuthula Nomsa Nonso Noor Nora Noreen Norma Norman Nour Noura Nthabiseng Nuala Nusrat Nuwan
    Nyambura Nyasha Obinna Ochieng Odhran Odhrán Odinaka Ogechi Oisín Oisin Oksana Olabisi Olaide Olamide
    Olanrewaju Olayinka Oleg Oleh Oleksandr Oleksandra Olena Olga Olha Oliver Olivia Olufemi Olufunke Olumide
    Olusegun Oluwaseun Oluwatobi Olwen Omar Omolara Omotola Omowunmi Ondřej Onur Onyeka Onyinye Oonagh Opeyemi
    Orla Orlagh Orlaith Orsolya Osagie Osama Osaze Oscar Osian Osman Oumar Ousmane Owain Owen Oyinkan Özge Özlem
    Pádraig Padraig Palwinder Pamela Panagiotis Pankaj Páraic Parisa Parminder Parveen Parvez Parvin Pascal Pat
    Patience Patricia Patrick Patryk Paul Paula Pauline Paulo Pavan Pawel Paweł Peadar Pearl Pedro Peggy Peigi
    Penelope Peng Penny Percy Peredur Peter Petr Petra Petya Phil Philip Philippa Phillip Phoebe Phyllis Pia
    Pierre Piers Piotr Plamen Polly Pooja Poppy Prabhjot Pradeep Prakash Pramod Prashant Pratik Praveen Precious
    Preeti Priti Priya Priyanka Proinsias Przemysław Pınar Qais Qasim Qian Qiang Qiu Quentin Rabia Rachael
    Rachel Radha Radoslav Radosław Radu Rafael Rafał Rafiq Raghad Raheel Rahila Rahim Rahul Raj Rajan Rajesh
    Rajinder Rajiv Rajni Rakesh Ralph Ramesh Rami Ramin Rana Rania Ranjan Ranjit Raquel Rasha Rashid Rashida
    Ravi Ravinder Rawan Ray Raymond Razan Razia Rebecca Reem Reena Reggie Reginald Rehana Rehman Rekha Renata
    Renu Reza Rhian Rhiannon Rhisiart Rhodri Rhona Rhydian Rhys Riaz Ricardo Richard Rick Rima Ríona Rita Ritu
    Riyad Rizwan Rob Robbie Robert Roberta Roberto Robin Robina Robyn Roderick Rodney Roger Rohan Rohit Róisín
    Roisin Roland Roman Ron Ronald Ronan Rónán Ronnie Rory Rosa Rosalind Rosamund Rose Rosemary Roshni Rosie
    Ross Rowan Rowena Roxanne Roy Roya Ruairi Ruairí Ruaridh Ruba Rubina Ruby Rukhsana Rupert Ruslan Russell
    Rutendo Ruth Ruvimbo Ruwan Ryan Ryszard Saad Sabina Sabrina Sachin Sadaf Sadhbh Sadia Sadiq Saeed Saffron
    Safia Sahar Saima Saira Sajid Salah Saleem Saleh Salim Sally Salma Salman Sam Samah Samantha Samar Sameer
    Sami Samina Samir Samira Samson Samuel Sana Sanaa Sandeep Sándor Sandra Sandy Sanjay Sanjeev Sanjiv Santosh
    Saoirse Saqib Sara Sarah Sarita Sarwar Sasha Satish Satnam Saul Sawsan Séamus Seamus Seán Sean Sebastian
    Seema Segun Sekou Selim Selin Selina Senan Seonaid Serap Seren Serena Serkan Seyi Shabana Shabir Shadi
    Shafiq Shagufta Shaheen Shahid Shahida Shahnaz Shahram Shaimaa Shakeel Shakila Shakira Shamim Shanaz Shane
    Shanice Shannon Sharon Shaukat Shaun Shauna Shazia Sheena Sheila Shelagh Shen Sherine Shilpa Shireen Shirin
    Shirley Shivani Shona Shreya Siân Sian Sibongile Sidney Siham Sikander Simon Simone Simran Sinan Sinead
    Sinéad Siobhán Siobhan Sioned Siphiwe Sipho Siu Siwan Sky Slawomir Smita Sneha Snezhana Sofia Sohail Solomon
    Sonal Sonia Sophia Sophie Soraya Sorcha Sorin Souad Spencer Spyros Stacey Stan Stanislaw Stanisław Stanley
    Stavros Stefan Stefania Steffan Stella Stephanie Stephen Steve Steven Stewart Stoyan Struan Stuart Sudha Sue
    Suhail Sukhdeep Sukhi Sukhjit Sulaiman Suleiman Süleyman Suman Sumita Sunil Sunita Suresh Surinder Surjit
    Susan Susannah Sushma Susie Suzan Suzanne Svetlana Svitlana Swati Sybil Syed Sylvia Szeto Szymon Sławomir
    Tabassum Tadeusz Tadhg Tafadzwa Taha Tahir Tahira Tahmina Taiwo Talat Taliesin Tamara Tamás Tamsin Tania
    Tanisha Tanveer Tanvir Tanya Tara Taras Tarek Tareq Tariq Tasha Tasneem Tatenda Tatiana Tatyana Tawanda
    Taylor Tayyab Ted Tegid Tegwen Temi Temitope Tendai Teodora Terence Teresa Terri Terry Tesfaye Tessa Tetiana
    Thabo Thandeka Thandi Thandiwe Tharindu Thea Themba Theo Theodora Theresa Thi Thiago Thomas Thuy Tia Tibor
    Tiernan Tim Timothy Tina Titilayo Tobi Toby Todd Todor Tolu Tom Tomás Tomáš Tomasz Tommy Tomos Toni Tony
    Torquil Tosin Tracey Tracy Trefor Trevor Trisha Tristan Trudy Tsang Tse Tsui Tudor Tudur Tuğba Tunde
    Turlough Tyler Tyrone Uche Uchenna Ufuk Ugochi Uisdean Uma Umar Umesh Ümit Úna Una Ursula Urszula Usha Usman
    Uzma Uzoma Valentina Valerie Vanessa Varsha Vasile Vasiliki Vasyl Veena Vera Vernon Veronica Vesna Vicky
    Victor Victoria Vijay Vikas Vikram Viktor Viktoria Vimal Vinay Vincent Vinod Viola Violet Violeta Viorel
    Vipul Virginia Vishal Vivek Vivian Vivien Vivienne Vlad Vladimir Volodymyr Wael Wafa Waheed Wai Wairimu
    Waldemar Walid Walter Wambui Wanda Wang Wangari Wanjiku Waqar Warren Waseem Wasim Wassim Wayne Wei Wendy
    Weronika Wiesław Wiktoria Wilfred William Wing-Yan Winifred Winston Witold Wojciech Wole Wong Wu Xavier Xia
    Xiang Xiao Xiaoli Xiaoming Xie Xin Xu Xue Yaa Yahya Yan Yana Yang Yao Yara Yasemin Yaser Yasir Yasmeen
    Yasmin Yasmine Yaw Yemi Yetunde Yeung Yevhen Yewande Yi Ying Yip Yiu Yogesh Yohannes Yolanda Yosef Younis
    Yousef Youssef Yuan Yuen Yulia Yuliia Yun Yuri Yuriy Yusra Yusuf Yuxuan Yvette Yvonne Zachary Zaheer Zahid
    Zahida Zahra Zahraa Zainab Zak Zakir Zanele Zara Zaynab Zbigniew Zdeněk Zeenat Zeeshan Zeinab Zeng Zeynep
    Zhang Zhao Zheng Zhong Zhou Zhu Zhuang Ziad Zihan Ziyi Zoe Zoë Zofia Zohreh Zola Zoltan Zoltán Zsuzsanna
    Zubair Zulfiqar Zuzana Zuzanna Łukasz
    """
)
